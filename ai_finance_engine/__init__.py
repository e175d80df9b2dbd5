# Plain Python only: other addons import the modules they need, there are no models.
