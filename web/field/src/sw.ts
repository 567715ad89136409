/// <reference lib="webworker" />
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope & { __FILES: { url: string; revision: string | null }[] }

/**
 * Keeps the app's own files, so that it opens without a network; answers of the server are kept nowhere here. A new
 * version takes over when the app is opened next, never beneath a form.
 */
cleanupOutdatedCaches()
precacheAndRoute(self.__FILES)
registerRoute(new NavigationRoute(createHandlerBoundToURL('/field/'), { allowlist: [/^\/field\/$/] }))
