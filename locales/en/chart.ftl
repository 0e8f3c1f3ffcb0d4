# Charts: numbers on axes
chart-thousand = { $n } k
chart-million = { $n } M
chart-billion = { $n } bn
chart-nothing = There is no data for this chart yet.
