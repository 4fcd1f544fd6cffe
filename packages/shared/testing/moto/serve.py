"""Serves moto on the loopback: `serve.py PORT`.

AWS is atomic where moto's threads race with each other, so requests are served one at a time, but for long polls. And
DynamoDB does a transaction once that is sent twice with the same token, which moto does not know: its answer is kept.
"""

import json
import sys
import threading
from io import BytesIO

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, run_simple
from werkzeug.wrappers import Request, Response

LONG_POLL = "AmazonSQS.ReceiveMessage"
TRANSACTION = "DynamoDB_20120810.TransactWriteItems"


class OneAtATime:
    def __init__(self, app):
        self.app = app
        self.lock = threading.Lock()
        self.transactions = {}

    def __call__(self, environ, start_response):
        target = environ.get("HTTP_X_AMZ_TARGET", "")
        if target == LONG_POLL:
            return self.app(environ, start_response)
        with self.lock:
            if target == TRANSACTION:
                return self.transact(environ)(environ, start_response)
            return list(self.app(environ, start_response))

    def transact(self, environ):
        body = Request(environ).get_data()
        token = json.loads(body).get("ClientRequestToken")
        if token in self.transactions:
            return self.transactions[token]
        replayed = {**environ, "wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        response = Response.from_app(self.app, replayed, buffered=True)
        if token and response.status_code == 200:
            self.transactions[token] = response
        return response


class Quiet(WSGIRequestHandler):
    def log(self, *args, **kwargs):
        pass


if __name__ == "__main__":
    app = OneAtATime(DomainDispatcherApplication(create_backend_app))
    run_simple("127.0.0.1", int(sys.argv[1]), app, threaded=True, request_handler=Quiet)
