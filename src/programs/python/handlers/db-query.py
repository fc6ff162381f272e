TABLES = {
    "users": [
        {"id": 1, "name": "Ada", "city": "London"},
        {"id": 2, "name": "Grace", "city": "New York"},
        {"id": 3, "name": "Linus", "city": "Helsinki"},
    ],
    "orders": [
        {"id": 1, "user_id": 1, "item": "tea", "price": 4.5},
        {"id": 2, "user_id": 1, "item": "paper", "price": 3},
        {"id": 3, "user_id": 3, "item": "coffee", "price": 6.2},
    ],
}


async def handle(data):
    asked = fields_of(data)
    table, where = asked.get("table"), asked.get("where") or {}
    if not isinstance(table, str) or table not in TABLES:
        said = to_json(table) if "table" in asked else "undefined"
        return {"error": f"There is no table {said}", "status": "error"}
    rows = [row for row in TABLES[table] if all(matches(row, column, where[column]) for column in where)]
    return {"rows": rows, "count": len(rows), "status": "success"}


def matches(row, column, wanted):
    """True is 1 in Python, and a column that is not there would be None."""
    return column in row and not isinstance(wanted, bool) and row[column] == wanted
