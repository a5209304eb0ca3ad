package io.buildkitci.local;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;

/** Under which addresses others may find this machine. */
public final class MachineAddresses {
    private static final String BRIDGE = "docker0";

    private MachineAddresses() {}

    /** Those of Docker's bridges first: containers see the machine there. */
    public static List<String> all() {
        try {
            return NetworkInterface.networkInterfaces()
                    .sorted(Comparator.comparing(face -> !isBridge(face)))
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                    .filter(address -> !address.isLinkLocalAddress())
                    .map(InetAddress::getHostAddress)
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    /** Whether an engine has its bridge in the network that this process is in. */
    public static boolean showEngine() {
        try {
            return NetworkInterface.getByName(BRIDGE) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    private static boolean isBridge(NetworkInterface face) {
        return face.getName().equals(BRIDGE) || face.getName().startsWith("br-");
    }
}
