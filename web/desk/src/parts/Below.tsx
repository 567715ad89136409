import type { Situation } from '../api/types'
import { AreaPanels } from './AreaPanels'
import { CurvePanel } from './CurvePanel'
import Dressed from './Dressed'
import { NoticePanel } from './NoticePanel'
import type { OriginOf } from './Origin'

interface Props {
  situation: Situation
  knownAt: string | null
  metric: string
  choose: (metric: string) => void
  show: (of: OriginOf) => void
}

/** What stands below the key figures: by area, by time, and as a notice. */
export default function Below({ situation, knownAt, metric, choose, show }: Props) {
  return (
    <Dressed>
      <AreaPanels situation={situation} metric={metric} choose={choose} show={show} />
      <div className="two">
        <CurvePanel situation={situation} />
        <NoticePanel situation={situation} knownAt={knownAt} />
      </div>
    </Dressed>
  )
}
