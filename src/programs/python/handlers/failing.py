async def handle(data):
    raise Exception("The database cannot be reached")
