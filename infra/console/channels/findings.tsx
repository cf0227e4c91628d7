import type { DoctorFinding } from '../../../shared/contract/channel-answer.ts';
import { Icon } from '../shell/icon.tsx';
import { say } from '../words/translate.ts';
import { AskedAgent, type AskedProps } from './asked-agent.tsx';

interface FindingsProps extends AskedProps {
  findings: DoctorFinding[];
}

/** What the check has found: what is wrong first, each with its cure, and what is well in one line. */
export function Findings({ findings, ...asked }: FindingsProps) {
  const well = findings.filter(({ level }) => level === 'ok');
  const ill = (['problem', 'note'] as const).flatMap((level) =>
    findings.filter((finding) => finding.level === level),
  );
  return (
    <section class="card group" aria-labelledby="findings" role="status">
      <h2 id="findings">{say('channel.findings')}</h2>
      <ul class="findings">
        {ill.map((finding) => (
          <Finding key={finding.code} finding={finding} />
        ))}
      </ul>
      <details class="findings-well">
        <summary>
          <Icon name="check" size={18} /> {say('channel.findings.ok', { n: well.length })}
        </summary>
        <ul class="findings">
          {well.map((finding) => (
            <Finding key={finding.code} finding={finding} />
          ))}
        </ul>
      </details>
      <AskedAgent {...asked} />
    </section>
  );
}

const Finding = ({ finding: { code, level, title, detail, cure } }: { finding: DoctorFinding }) => (
  <li class={`finding is-${level}`}>
    <div class="finding-head">
      {level !== 'ok' && (
        <span class={`chip ${level === 'problem' ? 'bad' : 'warn'}`}>
          {say(`channel.findings.${level}`)}
        </span>
      )}
      <h3 lang="en">{title}</h3>
    </div>
    <p lang="en" class="breaks">
      {detail}
    </p>
    {cure && (
      <p class="breaks">
        <strong>{say('channel.findings.cure')}: </strong>
        <span lang="en">{cure}</span>
      </p>
    )}
    <code class="quiet">{code}</code>
  </li>
);
