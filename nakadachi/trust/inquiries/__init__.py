"""「お問い合わせ」: somebody asks, the operator answers, in one thread per question.

Owns Inquiry and Message. Whoever has no account confirms the address by a link before anybody reads the question.
Messages are never changed; notes among the operator's people are never shown to the one who asked.
"""
