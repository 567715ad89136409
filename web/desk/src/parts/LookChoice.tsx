import { useWords } from '../i18n'
import { choose, type Look, useLook } from '../look'
import { Choice } from './Choice'

/** Light, dark or as the system is: kept on this device. */
export function LookChoice() {
  const w = useWords()
  const look = useLook()
  return (
    <Choice<Look>
      className="look"
      aria-label={w.t('look.label')}
      value={look}
      onChange={choose}
      options={(['light', 'dark', 'system'] as const).map((value) => ({
        value,
        title: w.t(`look.${value}`),
        label: (
          <>
            <Sign of={value} />
            <span className="sr">{w.t(`look.${value}`)}</span>
          </>
        ),
      }))}
    />
  )
}

const RAYS = 'M8 1v2M8 13v2M1 8h2M13 8h2M3 3l1.5 1.5M11.5 11.5 13 13M13 3l-1.5 1.5M4.5 11.5 3 13'

function Sign({ of }: { of: Look }) {
  return (
    <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
      <g fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round">
        {of === 'light' && (
          <>
            <circle cx="8" cy="8" r="3" />
            <path d={RAYS} />
          </>
        )}
        {of === 'dark' && <path d="M13.5 9.6A6 6 0 1 1 6.4 2.5a4.8 4.8 0 0 0 7.1 7.1z" />}
        {of === 'system' && <path d="M1.5 2.5h13v8.5h-13zM8 11v3M5 14h6" />}
      </g>
    </svg>
  )
}
