"""Serves moto on the loopback: `serve.py PORT`.

Where AWS is atomic moto's threads race with each other, so requests are served one at a time, but for long polls.
"""

import sys
import threading

import delete_markers
import transactions
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, run_simple

LONG_POLL = "AmazonSQS.ReceiveMessage"
TRANSACTION = "DynamoDB_20120810.TransactWriteItems"


class OneAtATime:
    def __init__(self, app):
        self.app = app
        self.once = transactions.Once(app)
        self.lock = threading.Lock()

    def __call__(self, environ, start_response):
        target = environ.get("HTTP_X_AMZ_TARGET", "")
        if target == LONG_POLL:
            return self.app(environ, start_response)
        app = self.once if target == TRANSACTION else self.app
        with self.lock:
            return list(app(environ, start_response))


class Quiet(WSGIRequestHandler):
    def log(self, *args, **kwargs):
        pass


if __name__ == "__main__":
    transactions.mend()
    delete_markers.repair()
    app = OneAtATime(DomainDispatcherApplication(create_backend_app))
    run_simple("127.0.0.1", int(sys.argv[1]), app, threaded=True, request_handler=Quiet)
