"""For machines: is the process alive, can it serve?"""
