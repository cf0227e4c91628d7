import base64, hmac, json, os, threading, time, urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = base64.b64decode(os.environ["AGENT_SECRET"].removeprefix("whsec_"))
ONE_AT_A_TIME = threading.Lock()
ANSWERED = {}  # webhook-id → our answer: who posts it again, we after a lost answer or a thief, gets the same

def genuine(headers, body):
    event_id, sent_at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "0")
    signature = hmac.digest(KEY, f"{event_id}.{sent_at}.".encode() + body, "sha256")
    ours = b"v1," + base64.b64encode(signature)
    given = headers.get("webhook-signature", "").encode().split()
    is_ours = any(hmac.compare_digest(ours, one) for one in given)
    return is_ours and abs(time.time() - int(sent_at)) < 300

def answer(message):
    if url := message.get("file", {}).get("url"):  # the address is all it takes: no key, no header
        with urllib.request.urlopen(url) as file:
            return f"Thank you for {len(file.read())} bytes of {file.headers['content-type']}"
    if message["text"] == "menu":
        return {"type": "buttons", "text": "What next?", "buttons": ["Opening hours", "A person"]}
    return f"You wrote: {message['text']}"

def answer_once(event_id, event):
    if event_id not in ANSWERED:
        replies = [answer(event["message"])] if "message" in event else []
        ANSWERED[event_id] = json.dumps({"replies": replies}).encode()
        if len(ANSWERED) > 10_000:
            del ANSWERED[next(iter(ANSWERED))]
    return ANSWERED[event_id]

class Agent(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        if not genuine(self.headers, body):
            return self.send_error(401)
        with ONE_AT_A_TIME:
            replies = answer_once(self.headers["webhook-id"], json.loads(body))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(replies)

ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8000"))), Agent).serve_forever()
