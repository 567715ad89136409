import {
  CalendarOutlined,
  CheckCircleFilled,
  CloseCircleFilled,
  CloseOutlined,
  DownOutlined,
  ExclamationCircleFilled,
} from '@ant-design/icons'

/** Ant Design's pictures speak their English names; the text beside each of them says what it means. */
const silent = { role: undefined, 'aria-label': undefined, 'aria-hidden': true }

export const icons = {
  select: { suffixIcon: <DownOutlined {...silent} /> },
  datePicker: {
    suffixIcon: <CalendarOutlined {...silent} />,
    allowClear: { clearIcon: <CloseCircleFilled {...silent} /> },
  },
  alert: { errorIcon: <CloseCircleFilled {...silent} />, warningIcon: <ExclamationCircleFilled {...silent} /> },
  drawer: { closeIcon: <CloseOutlined {...silent} /> },
}

export const done = <CheckCircleFilled {...silent} />
export const failed = <ExclamationCircleFilled {...silent} />
