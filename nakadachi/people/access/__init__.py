"""How members get in and stay in: sessions, second factors, known devices, and the wait after a sensitive change.

allauth asks and verifies; here stands what it leaves to us. `store` is Django's session engine with a row that says
whose session it is, `seal` encrypts what must be read again, `codes` takes a code once, `holding` keeps payouts back.
"""
