async def handle(data):
    return data
