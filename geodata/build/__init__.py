"""How the map is made. Only these modules import geopandas, shapely, scipy and pyproj."""
