import { useQuery } from '@tanstack/react-query';
import { templateQuery } from '../../api/resources.ts';

/** Whether a template reads anything by SNMP; false until that is known. */
export function useReadsSnmp(slug: string): boolean {
  const template = useQuery({ ...templateQuery(slug), enabled: slug !== '' }).data;
  return template?.inputs.some(({ plugin }) => plugin === 'snmp') ?? false;
}
