import base64, hmac, json, os, time, urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = base64.b64decode(os.environ["AGENT_SECRET"].removeprefix("whsec_"))
ANSWERED = {}  # webhook-id → our answer: who posts it again, we after a lost answer or a thief, gets the same

def genuine(headers, body):
    event_id, sent_at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "0")
    signature = hmac.digest(KEY, f"{event_id}.{sent_at}.".encode() + body, "sha256")
    ours = b"v1," + base64.b64encode(signature)
    given = headers.get("webhook-signature", "").encode().split()
    return abs(time.time() - int(sent_at)) < 300 and any(hmac.compare_digest(ours, one) for one in given)

def answer(message):
    if url := message.get("file", {}).get("url"):  # the address is all it takes: no key, no header
        with urllib.request.urlopen(url) as file:
            return f"Thank you for {len(file.read())} bytes of {file.headers['content-type']}"
    return f"You wrote: {message['text']}"

class Agent(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        if not genuine(self.headers, body):
            return self.send_error(401)
        if (event_id := self.headers["webhook-id"]) not in ANSWERED:
            event = json.loads(body)
            replies = [answer(event["message"])] if "message" in event else []
            ANSWERED[event_id] = json.dumps({"replies": replies}).encode()
            if len(ANSWERED) > 10_000:
                del ANSWERED[next(iter(ANSWERED))]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(ANSWERED[event_id])

ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8000"))), Agent).serve_forever()
