/* The running timer shows its time. The server counts: the page only adds what passed since it was made, by a clock that
   nobody can set, and looks again after sleep, when another tab did something, and when the question is due. */
(() => {
  const box = document.querySelector("[data-timer]");
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("timer") : null;
  const here = location.pathname === "/tracker/";
  const CHANGED = "timer-changed";
  if (here && channel) {
    if (sessionStorage.getItem(CHANGED)) channel.postMessage("changed");
    sessionStorage.removeItem(CHANGED);
    channel.addEventListener("message", () => location.replace("/tracker/"));
    document.addEventListener("submit", () => sessionStorage.setItem(CHANGED, "yes"));
  }
  if (here) window.addEventListener("pageshow", (event) => event.persisted && location.replace("/tracker/"));
  if (!box) return;

  const clock = box.querySelector("[data-timer-clock]");
  const began = performance.now();
  const woke = Date.now();
  const passed = () => Math.floor((performance.now() - began) / 1000);
  const two = (number) => String(number).padStart(2, "0");
  const show = () => {
    const seconds = Number(box.dataset.elapsed) + passed();
    clock.textContent = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    clock.dataset.ticks = "yes";
  };
  const typing = () => box.contains(document.activeElement) && document.activeElement.matches("input");
  const look = () => {
    show();
    const slept = Math.abs(Date.now() - woke - passed() * 1000) > 5000;
    const asks = Number(box.dataset.asksIn) > 0 && passed() >= Number(box.dataset.asksIn);
    if ((slept || asks) && !typing()) location.replace("/tracker/");
  };
  look();
  setInterval(look, 1000);
  document.addEventListener("visibilitychange", () => document.hidden || look());
})();
