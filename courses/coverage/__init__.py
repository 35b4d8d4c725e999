"""Who can what, from the nation down to the body, month by month; and the monthly snapshot it is read from."""
