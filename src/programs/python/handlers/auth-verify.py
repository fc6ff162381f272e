async def handle(data):
    token = fields_of(data).get("token")
    if not isinstance(token, str):
        return {"valid": False, "reason": "There is no token", "status": "success"}
    username, *seals = token.split(".")
    # An invalid token is no error of this service: it was asked a question, and this is the answer.
    if not seals or seals[0] != seal_of(username):
        return {"valid": False, "reason": "The token is not ours", "status": "success"}
    return {"valid": True, "username": username, "status": "success"}


def seal_of(text):
    """The same as where tokens are made."""
    seal = 2166136261
    for character in f"roundtrip:{text}":
        seal = (seal ^ ord(character)) * 16777619 & 0xFFFFFFFF
    return f"{seal:08x}"
