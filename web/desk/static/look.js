// Before anything is drawn: the look that was chosen on this device, so that a dark desk never begins with a white flash.
try {
  document.documentElement.dataset.look = localStorage.getItem('lianfang.look') ?? 'system'
} catch {
  // Storage may be forbidden; the desk then looks as the system does.
}
// While the desk's program is on its way: who is here. `begin` of api/client.ts does the same for what comes after it.
const session = fetch('/api/v1/session', { headers: { Accept: 'application/json' }, credentials: 'same-origin' })
session.catch(() => undefined)
window.begun = new Map([['/api/v1/session', session]])
// Read at once: once the page is being put together nothing is read for a second, and what the room asks first would wait.
const said = session.then((answer) => (answer.ok ? answer.clone().json() : null)).catch(() => null)
window.said = new Map([['/api/v1/session', said]])
