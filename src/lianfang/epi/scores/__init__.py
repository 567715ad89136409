"""What a forecast or a nowcast was worth, once the truth is known. Pure.

Bracher J, Ray EL, Gneiting T, Reich NG. Evaluating epidemic forecasts in an interval format. PLoS Comput Biol
2021;17:e1008618. doi:10.1371/journal.pcbi.1008618
"""
