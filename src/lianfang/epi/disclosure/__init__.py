"""What may be told of few people: tables with small cells, exports without names, cells of a spreadsheet. Pure."""
