"""What there is to buy in a drill."""

from dataclasses import dataclass

from scripts.dev import proc


@dataclass(frozen=True)
class Ware:
    """One variant of a product with one option."""

    handle: str
    sku: str
    option: str

    @property
    def form(self):
        """What puts one of it into a basket."""
        return {"product": self.handle, "option1": self.option, "quantity": "1"}


def ware(scene, available=1_000_000):
    """Something of which there is so much: more than any drill sells, or less."""
    *names, had = scene.rows(
            """select p.handle, v.sku, o.name, s.on_hand - s.allocated - s.reserved from variant v join product p on p.id = v.product_id
                   join option_value o on o.id = v.option1_value_id join stock_level s on s.variant_id = v.id
               where p.status = 'active' and v.archived_at is null and v.option2_value_id is null and v.price > 0
               order by p.handle, v.position limit 1"""
    )[0]
    found = Ware(*names)
    command = [scene.stage.mercer, "stock", found.sku, f"--adjust={available - int(had)}", "--reason", "for a drill"]
    proc.run(command, env=scene.env, quiet=True)
    return found
