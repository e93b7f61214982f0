"""Killed in the middle of a hundred checkouts, three times: whoever paid has an order, and stock adds up."""

import signal
import threading
import time

from scripts.dev.say import Fault

from . import wares
from .crowd import Refused, Unanswered, Visitor

_SHOPPERS = 100
_KILLS = 3
# Fewer than there are shoppers: the last of them find it sold out.
_STOCK = 80


def drill(stage):
    """A hundred shoppers buy at once; the shop is killed again and again meanwhile, and starts anew."""
    with stage.scene("crash") as scene:
        ware = wares.ware(scene, _STOCK)
        shoppers = [_Shopper(scene, ware) for _ in range(_SHOPPERS)]
        for shopper in shoppers:
            shopper.start()
        for kill in range(_KILLS):
            with scene.replica(0) as shop:
                share = (kill + 1) * _STOCK // (_KILLS + 2)
                _wait(lambda: sum(one.paid for one in shoppers) >= share, shop)
                shop.signal(signal.SIGKILL)
                shop.wait(10)
        with scene.replica(0) as shop:
            for shopper in shoppers:
                shopper.join(120)
            stuck = [shopper for shopper in shoppers if shopper.is_alive()]
            if stuck:
                raise Fault(f"{len(stuck)} shoppers came to no end")
            return _counted(scene, shop, shoppers, ware)


_ALLOCATED = """select sum(allocated) from stock_level s join variant v on v.id = s.variant_id where v.sku = '{}'"""


def _counted(scene, shop, shoppers, ware):
    paid = sum(shopper.paid for shopper in shoppers)
    sold_out = sum(shopper.sold_out for shopper in shoppers)
    orders = """select count(*) from "order" where paid_at is not null and status = 'open'"""
    # Webhooks that came to a dead shop come again later; the reconciler does not wait for them.
    _wait(lambda: scene.number(orders) == paid, shop, 180)
    if paid + sold_out != _SHOPPERS:
        raise Fault(f"{paid} paid and {sold_out} found it sold out, of {_SHOPPERS}")
    twice = scene.number("select count(*) from payment where status = 'returned'")
    if twice:
        raise Fault(f"{twice} payments came twice")
    scene.expect_books_to_balance()
    allocated = scene.number(_ALLOCATED.format(ware.sku))
    if allocated != paid or paid != _STOCK:
        raise Fault(f"{allocated} were set aside for {paid} orders, of {_STOCK}")
    tries = sum(shopper.tries for shopper in shoppers)
    return (
        f"{_SHOPPERS} shoppers, {_KILLS} × kill -9, {tries - _SHOPPERS} presses repeated: {paid} paid, {paid} orders, "
        f"{sold_out} found it sold out; {_STOCK} were there, {allocated} set aside"
    )


def _wait(ready, shop, seconds=120):
    shop.running.wait_for(ready, "what the drill waits for", seconds)


class _Shopper(threading.Thread):
    """Somebody who wants one thing, presses again where no answer came, and pays."""

    def __init__(self, scene, ware):
        super().__init__(daemon=True)
        self._scene, self._ware = scene, ware
        self.paid, self.sold_out, self.tries = False, False, 0

    def run(self):
        visitor = Visitor(self._scene.env["PUBLIC_URL"], patience=20)
        filled = False
        while not (self.paid or self.sold_out):
            try:
                if not filled:
                    if not visitor.fill(self._ware):
                        self.sold_out = True
                        break
                    filled = True
                self.tries += 1
                pay_page = visitor.check_out()
                if pay_page is None:
                    self.sold_out = True
                else:
                    self._scene.pay(pay_page)
                    self.paid = True
            except (Refused, Unanswered):
                # The shop is dead just now.
                time.sleep(0.2)
        visitor.close()
