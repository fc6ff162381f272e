async def handle(data):
    user_id = fields_of(data).get("user_id")  # Invalid JSON raises here, and is answered with an error.
    return {
        "user_id": user_id,
        "name": f"User {shown(user_id)}",
        "email": f"user{shown(user_id)}@example.com",
        "status": "active",
    }
