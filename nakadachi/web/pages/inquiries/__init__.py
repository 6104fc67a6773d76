"""「お問い合わせ」 for whoever asks."""
