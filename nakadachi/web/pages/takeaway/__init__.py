"""「データをダウンロード」: asking for everything, seeing how far it is, fetching it."""
