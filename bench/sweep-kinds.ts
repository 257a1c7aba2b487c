import { MibImage, type MibObject, networkDeviceObjects } from '@stratora/simulator';
import { ValueType } from '@stratora/snmp';

/** A kind of device: the arcs of its sysObjectID below 1.3.6.1.4.1, and its sysDescr. */
const KINDS: readonly (readonly [arcs: string, descr: string])[] = [
  ['9.1.1208', 'Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version 15.2(7)E3'],
  ['9.1.2494', 'Cisco IOS Software [Amsterdam], Catalyst L3 Switch Software, Version 17.3.4'],
  ['9.12.3.1.3.1467', 'Cisco NX-OS(tm) n9000, Software (n9000-dk9), Version 9.3(5)'],
  ['9.1.745', 'Cisco Adaptive Security Appliance Version 9.8(4)'],
  ['9.1.1250', 'Cisco Controller'],
  ['2636.1.1.1.2.63', 'Juniper Networks, Inc. ex3300-24t Ethernet Switch, kernel JUNOS 15.1R7'],
  ['2636.1.1.1.2.39', 'Juniper Networks, Inc. srx240h internet router, kernel JUNOS 12.1X46'],
  ['30065.1.3011.7050', 'Arista Networks EOS version 4.24.2F running on an Arista Networks DCS-7050TX-64'],
  ['11.2.3.7.11.160', 'HP J9773A 2530-24G-PoEP Switch, revision YA.16.08'],
  ['47196.4.1.1.1.50', 'Aruba R8Q67A 6100 12G Switch PL.10.09'],
  ['25506.11.1.181', 'HPE Comware Platform Software, Software Version 7.1.070'],
  ['1916.2.167', 'ExtremeXOS (X440G2-24t) version 30.7.1.1'],
  ['2011.2.23.95', 'S5700-28C-EI Huawei Versatile Routing Platform Software VRP (R) software'],
  ['14988.1', 'RouterOS CCR1009-7G-1C-1S+'],
  ['41112.1.6', 'Linux UAP-AC-Pro-Gen2 4.4.153'],
  ['12356.101.1.1000', 'FortiGate-100D'],
  ['25461.2.3.23', 'Palo Alto Networks PA-500 series firewall'],
  ['2620.1.6.123.1.48', 'Linux gw-a 3.10.0 Check Point'],
  ['8741.1', 'SonicWALL TZ 400'],
  ['318.1.3.27', 'APC Web/SNMP Management Card (MB:v4.1.0 PF:v6.8.2 PN:apc_hw05_aos_682.bin)'],
  ['534.1', 'Eaton 9PX 3000i'],
  ['476.1.42', 'Liebert GXT4'],
  ['850.1.1.1', 'TRIPP LITE UPS'],
  ['3808.1.1.1', 'UPS SNMP Card'],
  ['13742.6', 'PX2 030603'],
  ['6574.1', 'Linux nas 4.4.59 Synology'],
  ['24681.1', 'Linux TS-453A 4.5.1'],
  ['789.2.5', 'NetApp Release 9.7P8'],
  ['8072.3.2.10', 'Linux web-1 5.10.0-9-amd64 #1 SMP Debian x86_64'],
  ['8072.3.2.8', 'FreeBSD fw 13.1-RELEASE'],
  ['311.1.1.3.1.2', 'Hardware: Intel64 Family 6 - Software: Windows Version 6.3 (Build 17763)'],
  ['6876.4.1', 'VMware ESXi 7.0.3 build-19193900 VMware, Inc. x86_64'],
  ['674.10892.5', 'Dell Out-of-band SNMP Agent for Remote Access Controller'],
  ['232.9.4.11', 'Integrated Lights-Out 5 2.33'],
  ['11.2.3.9.1', 'HP ETHERNET MULTI-ENVIRONMENT,ROM none,JETDIRECT,JD153,EEPROM JSI24090003'],
  ['1602.4.7', 'Canon LBP251 /P'],
  ['2435.2.3.9.1', 'Brother NC-8300h, Firmware Ver.1.13'],
  ['4196.1.1.5.2.100', 'Siemens, SIMATIC NET, SCALANCE X208'],
  ['248.14.10.41', 'Hirschmann MACH'],
  ['8691.7.69', 'MOXA EDS-510E'],
];
const SYS_DESCR = '1.3.6.1.2.1.1.1.0';
const SYS_OBJECT_ID = '1.3.6.1.2.1.1.2.0';

export const KIND_COUNT = KINDS.length;

/** Makes the objects of every kind: a switch with few ports, which says that it is something else. */
export function kindImages(): MibImage[] {
  return KINDS.map(([arcs, descr], variant) => {
    const objects = networkDeviceObjects({ ports: 4, variant, hasHost: false });
    return new MibImage(
      objects.map((object): MibObject => {
        if (object.oid === SYS_DESCR) return { ...object, value: descr };
        return object.oid === SYS_OBJECT_ID
          ? { ...object, type: ValueType.oid, value: `1.3.6.1.4.1.${arcs}` }
          : object;
      }),
    );
  });
}
