"""Pictures of figures, drawn by the server."""

from support.progress.charts.five_terms import Chart, chart_of, spark_of

__all__ = ["Chart", "chart_of", "spark_of"]
