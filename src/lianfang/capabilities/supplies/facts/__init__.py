"""The kinds of fact about supplies: stock, demand, producers, allocation, dispatch, prices, projects."""
