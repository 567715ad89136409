"""Counts of the days to come: renewal with a reproduction number that drifts, joined with plain baselines by their past
scores. Pure; many series at once.

Renewal: Fraser C. Estimating individual and household reproduction numbers in an emerging epidemic. PLoS One
2007;2:e758. doi:10.1371/journal.pone.0000758; Cori et al. 2013, doi:10.1093/aje/kwt133

Baselines and joining: Cramer EY et al. Evaluation of individual and ensemble probabilistic forecasts of COVID-19
mortality in the United States. PNAS 2022;119:e2113561119. doi:10.1073/pnas.2113561119; Hyndman RJ, Athanasopoulos G.
Forecasting: principles and practice, 3rd ed., 5.2.
"""
