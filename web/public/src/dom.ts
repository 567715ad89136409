/** Elements by name, properties and content. Texts are set as text, never as markup. */

type Child = Node | string | null | false

export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  set: Partial<Record<string, unknown>> = {},
  ...inside: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(set)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value as EventListener)
    else if (value === true) made.setAttribute(key, '')
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, String(value))
  }
  for (const one of inside) if (one) made.append(one)
  return made
}

/** Puts new content into a part of the page; who was at an element of it stays there. */
export function put(part: HTMLElement, ...inside: Child[]): void {
  const at = part.contains(document.activeElement) ? document.activeElement?.id : ''
  while (part.firstChild) part.removeChild(part.firstChild)
  for (const one of inside) if (one) part.append(one)
  if (at) document.getElementById(at)?.focus()
}
