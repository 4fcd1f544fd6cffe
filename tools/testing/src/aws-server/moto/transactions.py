"""Transactions as DynamoDB does them, where moto differs."""

import copy
import json
from io import BytesIO

from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.table import Table
from werkzeug.wrappers import Request, Response


class Once:
    """A transaction that is sent again with the same token is not done again, but answered as before."""

    def __init__(self, app):
        self.app = app
        self.answers = {}

    def __call__(self, environ, start_response):
        body = Request(environ).get_data()
        token = json.loads(body).get("ClientRequestToken")
        answer = self.answers.get(token)
        if answer is None:
            replayed = {**environ, "wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
            answer = Response.from_app(self.app, replayed, buffered=True)
            if token and answer.status_code == 200:
                self.answers[token] = answer
        return answer(environ, start_response)


def mend():
    """moto takes a table back by a copy of it, made once for each write with all changes that its stream ever had. The
    stream's readers then hold on to the table that was given up, and see changes that did not happen. Here a copy
    shares the stream, which forgets what was taken back."""
    Table.__deepcopy__ = snapshot
    transact = DynamoDBBackend.transact_write_items

    def transact_and_mend(self, items):
        lengths = {name: len(table.stream_shard.items) for name, table in self.tables.items() if table.stream_shard}
        snapshots.clear()
        try:
            transact(self, items)
        except Exception:
            for name, length in lengths.items():
                del self.tables[name].stream_shard.items[length:]
            raise
        finally:
            snapshots.clear()

    DynamoDBBackend.transact_write_items = transact_and_mend


snapshots = {}


def snapshot(table, memo):
    if id(table) not in snapshots:
        taken = copy.copy(table)
        taken.items = copy.deepcopy(table.items)
        snapshots[id(table)] = taken
    return snapshots[id(table)]
