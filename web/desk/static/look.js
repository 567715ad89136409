// Before anything is drawn: the look that was chosen on this device, so that a dark desk never begins with a white flash.
try {
  document.documentElement.dataset.look = localStorage.getItem('lianfang.look') ?? 'system'
} catch {
  // Storage may be forbidden; the desk then looks as the system does.
}
