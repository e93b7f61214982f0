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


def with_plenty(scene, quantity=1_000_000):
    """Something of which there is so much more than the demo shop has."""
    ware = Ware(
        *scene.rows(
            """select p.handle, v.sku, o.name from variant v join product p on p.id = v.product_id
                   join option_value o on o.id = v.option1_value_id
               where p.status = 'active' and v.archived_at is null and v.option2_value_id is null and v.price > 0
               order by p.handle, v.position limit 1"""
        )[0]
    )
    command = [scene.stage.mercer, "stock", ware.sku, f"--adjust={quantity}", "--reason", "for a drill"]
    proc.run(command, env=scene.env, quiet=True)
    return ware
