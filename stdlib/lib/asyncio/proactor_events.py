"""Proactor loops are Windows's: there are none here. Programs that run on
several systems import the module on each of them."""
