"""仲介 for the two sides: asking for it, the case with its dates, offers under seal, the ruling and answers to it."""
