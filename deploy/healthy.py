"""Ask the web process how it is, as the proxy would; the exit code says whether it answered."""

import http.client
import os
import sys

host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=8)
try:
    connection.request("GET", "/gezond/", headers={"Host": host, "X-Forwarded-Proto": "https"})
    status = connection.getresponse().status
except OSError as error:
    sys.exit(f"no answer: {error}")
sys.exit(0 if status < http.client.BAD_REQUEST else f"answer {status}")
