# Users of a demonstration. A real service keeps no password that it could read.
PASSWORDS = {"admin": "password123", "user1": "secret"}


async def handle(data):
    asked = fields_of(data)
    username, password = asked.get("username"), asked.get("password")
    # The same words whether the name or the password is wrong: else anybody could find out which names there are.
    if not isinstance(username, str) or username not in PASSWORDS or PASSWORDS[username] != password:
        return {"authenticated": False, "error": "Invalid credentials", "status": "unauthorized"}
    token = f"{username}.{seal_of(username)}"
    return {"authenticated": True, "username": username, "token": token, "status": "success"}


def seal_of(text):
    """A toy: a real one signs with a secret key and lets tokens expire."""
    seal = 2166136261
    for character in f"roundtrip:{text}":
        seal = (seal ^ ord(character)) * 16777619 & 0xFFFFFFFF
    return f"{seal:08x}"
