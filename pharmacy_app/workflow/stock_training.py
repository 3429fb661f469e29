"""The training pharmacy's shelf: made-up products and lots, kept as far as they are not there yet."""

from __future__ import annotations

from pharmacy_app.domain.person import Permission
from pharmacy_app.domain.stock_rules import check_training
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.stock import act_of, add_lot, add_product, refuse
from pharmacy_app.workflow.stock_files import StockFiles

_THING = "training stock"


def start_training_stock(files: StockFiles, station: Station) -> None:
    """Keep the training products and lots that are not on file; what is on file stays as it is.

    Raises:
        RulesRefused: the installation is not for training.
    """
    act = act_of(station, Permission.KEEP_CATALOGUE)
    with station.open_unit_of_work() as work:
        found = check_training(training=act.site.training)
        refuse(found, "stock-refused", _THING, act=act, work=work)
        for product in files.training_products():
            if work.products.latest(product.code) is None:
                add_product(product, act=act, work=work)
        for lot in files.training_lots(today=act.today, at=act.at):
            if work.lots.latest(lot.key) is None:
                add_lot(lot, "stock-received", act=act, work=work, told=(("units", str(lot.quantity)),))
        work.commit()
