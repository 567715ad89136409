"""The reproduction number from daily counts, and the serial intervals that it needs. Pure; many series at once.

Days of a series are numbered from 1, as the papers and EpiEstim number them.

Cori A, Ferguson NM, Fraser C, Cauchemez S. A new framework and software to estimate time-varying reproduction numbers
during epidemics. Am J Epidemiol 2013;178:1505–1512, with its web appendices. doi:10.1093/aje/kwt133

Wallinga J, Teunis P. Different epidemic curves for severe acute respiratory syndrome reveal similar impacts of control
measures. Am J Epidemiol 2004;160:509–516. doi:10.1093/aje/kwh255
"""
