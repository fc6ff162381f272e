booked, total = 0, 0


async def handle(data):
    global booked, total
    amount = fields_of(data).get("amount")
    if isinstance(amount, bool) or not isinstance(amount, (int, float)) or not amount > 0:
        return {"error": "Invalid amount: must be a positive number", "status": "error"}
    booked, total = booked + 1, number(total + amount)
    print(f"booked {amount}: {booked} payments, {total} in all", flush=True)
    return {"booked": booked, "total": total, "status": "success"}
