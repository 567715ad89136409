import { useSpoken } from './words'

interface Cited {
  source: string
  source_zh: string | null
  doi: string | null
  status: 'verified' | 'unverified' | 'working'
}

/** Where a figure is from, and how sure of that we are. */
export function Source({ of }: { of: Cited }) {
  const w = useSpoken()
  const said = (w.lang === 'zh' && of.source_zh) || of.source
  return (
    <span className="source small">
      {of.doi ? (
        <a href={`https://doi.org/${of.doi}`} target="_blank" rel="noreferrer">
          {said}
        </a>
      ) : (
        said
      )}
      <span className="muted">{w.t('brackets', { text: w.t(`as.status.${of.status}`) })}</span>
    </span>
  )
}
