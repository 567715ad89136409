import { useFilter } from '../route'
import { useSession } from '../session'

/** The parts of a room that one may enter, each by its action; which is open, and of which area, stand in the address. */
export function useTabs<T extends string>(parts: readonly (readonly [T, string])[]) {
  const { session, may } = useSession()
  const [filter, narrow] = useFilter()
  const tabs = parts.filter(([, action]) => may(action)).map(([name]) => name)
  const tab = tabs.find((one) => one === filter.show) ?? tabs[0]
  const top = session?.area ?? ''
  return { tabs, tab, top, area: filter.area || top, filter, narrow }
}

interface Props<T extends string> {
  room: string
  of: { tabs: readonly T[]; tab: T | undefined; area: string }
  label: string
  titleOf: (tab: T) => string
}

/** The way from one part of a room to another. */
export function Tabs<T extends string>({ room, of: { tabs, tab, area }, label, titleOf }: Props<T>) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map((one) => (
        <a
          key={one}
          href={`#${room}?show=${one}&area=${encodeURIComponent(area)}`}
          aria-current={tab === one ? 'page' : undefined}
        >
          {titleOf(one)}
        </a>
      ))}
    </nav>
  )
}
