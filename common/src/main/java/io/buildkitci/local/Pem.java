package io.buildkitci.local;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Certificates and keys as Go and OpenSSL read them: between other blocks, keys in any of three forms. */
public final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final String PKCS8 = "PRIVATE KEY";
    private static final byte[] ANYTHING = "anything".getBytes(StandardCharsets.US_ASCII);

    private static final int INTEGER = 0x02;
    private static final int OCTETS = 0x04;
    private static final int SEQUENCE = 0x30;

    private Pem() {}

    /** In the order in which they stand there. */
    public static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        for (MatchResult block : blocks(text)) {
            if (block.group(1).equals("CERTIFICATE")) {
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes(block))));
            }
        }
        return certificates;
    }

    /** The key of what is certified; empty when there is none, or one of something else. */
    public static Optional<PrivateKey> key(String text, PublicKey certified) throws GeneralSecurityException {
        Optional<MatchResult> block =
                blocks(text).stream().filter(b -> b.group(1).endsWith(PKCS8)).findFirst();
        if (block.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = bytes(block.get());
        byte[] pkcs8 = block.get().group(1).equals(PKCS8) ? bytes : pkcs8(bytes, certified);
        PrivateKey key =
                KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        return belongsTo(certified, key) ? Optional.of(key) : Optional.empty();
    }

    private static List<MatchResult> blocks(String text) {
        return BLOCK.matcher(text).results().toList();
    }

    private static byte[] bytes(MatchResult block) throws GeneralSecurityException {
        try {
            return Base64.getMimeDecoder().decode(block.group(2));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /** The forms of before PKCS #8 (RFC 8017, RFC 5915) within it: what kind of key it is, its certificate says as well. */
    private static byte[] pkcs8(byte[] key, PublicKey certified) {
        byte[] content = content(certified.getEncoded());
        byte[] algorithm = Arrays.copyOf(content, content.length - rest(content));
        return der(SEQUENCE, der(INTEGER, new byte[1]), algorithm, der(OCTETS, key));
    }

    /** How many bytes follow the first element. */
    private static int rest(byte[] elements) {
        int header = header(elements);
        return elements.length - header - length(elements, header);
    }

    private static byte[] content(byte[] element) {
        return Arrays.copyOfRange(element, header(element), element.length);
    }

    private static int header(byte[] element) {
        return 2 + (element[1] < 0 ? element[1] & 0x7f : 0);
    }

    private static int length(byte[] element, int header) {
        int length = header == 2 ? element[1] : 0;
        for (int i = 2; i < header; i++) {
            length = (length << 8) | (element[i] & 0xff);
        }
        return length;
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        int length = content.size();
        if (length < 0x80) {
            element.write(length);
        } else if (length <= 0xff) {
            element.writeBytes(new byte[] {(byte) 0x81, (byte) length});
        } else {
            element.writeBytes(new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length});
        }
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    private static boolean belongsTo(PublicKey certified, PrivateKey key) throws GeneralSecurityException {
        if (certified instanceof RSAKey one && key instanceof RSAKey other) {
            return one.getModulus().equals(other.getModulus());
        }
        String algorithm = certified.getAlgorithm().equals("EC") ? "SHA256withECDSA" : certified.getAlgorithm();
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(ANYTHING);
        Signature checking = Signature.getInstance(algorithm);
        checking.initVerify(certified);
        checking.update(ANYTHING);
        return checking.verify(signing.sign());
    }
}
