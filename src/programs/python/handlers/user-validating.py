LAST_USER = 1000  # Ids above this one belong to nobody.


async def handle(data):
    try:
        asked = read_json(data)
    except ValueError:
        return {"error": "Invalid JSON in request", "status": "error"}
    if not isinstance(asked, (dict, list)):
        return {"error": "Internal server error: the request is no object", "status": "error"}
    if "user_id" not in asked or isinstance(asked, list):
        return {"error": "Missing required field: user_id", "status": "error"}
    user_id = asked["user_id"]
    if isinstance(user_id, bool) or not isinstance(user_id, (int, float)) or user_id <= 0 or user_id % 1 != 0:
        return {"error": "Invalid user_id: must be positive integer", "status": "error"}
    if user_id > LAST_USER:
        return {"error": f"User {shown(user_id)} not found", "status": "not_found"}
    return {
        "user_id": user_id,
        "name": f"User {user_id}",
        "email": f"user{user_id}@example.com",
        "status": "success",
    }
