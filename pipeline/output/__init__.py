"""The dataset: ids, tables, checked rows, files written atomically and read back, pages to check them on."""
