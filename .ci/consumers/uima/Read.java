import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.uima.cas.CAS;
import org.apache.uima.cas.FeatureStructure;
import org.apache.uima.cas.TypeSystem;
import org.apache.uima.cas.impl.CASCompleteSerializer;
import org.apache.uima.cas.impl.CASImpl;
import org.apache.uima.cas.impl.Serialization;
import org.apache.uima.cas.text.AnnotationFS;
import org.apache.uima.resource.metadata.TypeSystemDescription;
import org.apache.uima.util.CasCreationUtils;

/**
 * Reads the annotations of an exported INCEpTION project as INCEpTION does, with Apache UIMA, and compares them with the
 * text of the document and the JSON beside them: each type must be there as often. Then it takes each into
 * another CAS, as INCEpTION does where the layers of a project have changed.
 */
public class Read {
  public static void main(String[] args) throws Exception {
    int files = 0;
    try (ZipFile zip = new ZipFile(args[0])) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (!entry.getName().endsWith(".ser")) {
          continue;
        }
        files++;
        String[] path = entry.getName().split("/");
        CAS cas = read(zip, entry);
        same(text(zip, "source/" + path[1]), cas.getDocumentText(), entry.getName() + ": the text");
        ZipEntry json = zip.getEntry(entry.getName().replace("_ser/", "/").replaceAll("ser$", "json"));
        if (json != null) {
          String written = text(zip, json.getName());
          for (Map.Entry<String, Integer> type : types(cas).entrySet()) {
            int times = written.split("\"%TYPE\":\"" + java.util.regex.Pattern.quote(type.getKey()) + "\"", -1).length - 1;
            same(times, type.getValue(), entry.getName() + ": " + type.getKey());
          }
        }
        same(types(cas), types(transferred(cas)), entry.getName() + ": the types in another CAS");
      }
    }
    if (files == 0) {
      throw new AssertionError("there are no annotations");
    }
  }

  static CAS empty() throws Exception {
    return CasCreationUtils.createCas((TypeSystemDescription) null, null, null);
  }

  static CAS read(ZipFile zip, ZipEntry entry) throws Exception {
    CAS cas = empty();
    try (ObjectInputStream in = new ObjectInputStream(new BufferedInputStream(zip.getInputStream(entry)))) {
      Serialization.deserializeCASComplete((CASCompleteSerializer) in.readObject(), (CASImpl) cas);
    }
    return cas;
  }

  static CAS transferred(CAS cas) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TypeSystem types = cas.getTypeSystem();
    Serialization.serializeWithCompression(cas, out, types);
    CAS target = empty();
    Serialization.deserializeCASComplete(Serialization.serializeCASComplete((CASImpl) cas), (CASImpl) target);
    target.reset();
    Serialization.deserializeCAS(target, new java.io.ByteArrayInputStream(out.toByteArray()), types, null);
    return target;
  }

  static String text(ZipFile zip, String name) throws Exception {
    return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Counts what the index holds by its type, and asks every annotation for the words it covers. */
  static Map<String, Integer> types(CAS cas) {
    Map<String, Integer> found = new TreeMap<>();
    for (FeatureStructure fs : cas.getIndexRepository().getIndexedFSs()) {
      if (fs instanceof AnnotationFS) {
        ((AnnotationFS) fs).getCoveredText();
      }
      String name = fs.getType().getName();
      if (!name.startsWith("uima.")) {
        found.merge(name, 1, Integer::sum);
      }
    }
    return found;
  }

  static void same(Object want, Object got, String what) {
    if (!want.equals(got)) {
      throw new AssertionError(what + ": " + got + ", and should be " + want);
    }
  }
}
